<?php
$db_host = 'localhost';
$db_user = 'scada';
$db_password = 'Sc4d4!pwd';
$db = new mysqli($db_host, $db_user, $db_password, 'plant');
